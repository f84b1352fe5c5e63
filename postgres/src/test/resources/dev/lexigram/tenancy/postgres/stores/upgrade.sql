alter table tenancy.schema_version add column note text;
insert into tenancy.schema_version (version) values (2);
