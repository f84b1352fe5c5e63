create table tenancy.half_done (id int);
select * from tenancy.there_is_no_such_table;
