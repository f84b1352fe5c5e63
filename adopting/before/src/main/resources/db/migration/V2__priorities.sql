create table priority (
    code  text primary key,
    hours integer not null
);

insert into priority (code, hours)
values ('low', 120), ('normal', 24), ('urgent', 2);

alter table ticket add foreign key (priority) references priority (code);
