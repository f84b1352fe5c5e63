-- The tables of one tenant that has a schema, or a database, of its own: none of them says whose a row is.

create table customer (
    id    bigint generated always as identity primary key,
    name  text not null,
    email text not null unique
);

create table invoice (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references customer (id),
    issued_on   date   not null default current_date,
    due_on      date   not null,
    paid_on     date
);

create index on invoice (customer_id);

create table invoice_line (
    id          bigint generated always as identity primary key,
    invoice_id  bigint         not null references invoice (id) on delete cascade,
    description text           not null,
    quantity    integer        not null check (quantity > 0),
    unit_price  numeric(12, 2) not null check (unit_price >= 0)
);

create index on invoice_line (invoice_id);
