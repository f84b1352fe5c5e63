create table second (id bigint primary key references nowhere (id));
