package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderStatementTextTest extends StatementTextAttacks {}
