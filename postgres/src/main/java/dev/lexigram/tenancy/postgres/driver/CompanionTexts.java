package dev.lexigram.tenancy.postgres.driver;

/**
 * The texts of the statements that travel with others. None returns a column or a row, each fails if what it is to make
 * sure does not hold, and all their parameters are the value that a connection is bound to.
 *
 * @param bind binds a transaction
 * @param renew binds again where the binding may be lost; fails if it is another's
 * @param check fails if the binding is not the one that was made
 * @param decidesNames whether the tables that a statement names depend on the binding: then it is not even described
 *     without
 */
public record CompanionTexts(String bind, String renew, String check, boolean decidesNames) {}
