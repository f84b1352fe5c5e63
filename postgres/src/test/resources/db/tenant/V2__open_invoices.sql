-- A view that reads with the rights of its reader.
create view open_invoice with (security_invoker = true) as
    select id, customer_id, due_on from invoice where paid_on is null;
