package dev.lexigram.tenancy.isolation;

/**
 * What became of one kind of data of a tenant that was removed.
 *
 * @param name of the table, folder or whatever it is
 * @param found how many rows or objects there were
 * @param removed how many were removed
 * @param left how many were there afterwards
 */
public record ErasedResource(String name, long found, long removed, long left) {}
