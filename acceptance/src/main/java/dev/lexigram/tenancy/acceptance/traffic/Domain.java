package dev.lexigram.tenancy.acceptance.traffic;

import java.util.List;

/**
 * What a service under traffic is about: rows that have a name, rows that belong to one of those, and what is the same for
 * all tenants. SQL in it names no tenant, unless it is run by one who sees everything.
 */
public interface Domain {

    /** The tenant stands in front of it as the first label of the host. */
    String baseHost();

    /** Rows that can be searched for and renamed, under one or more paths. */
    Resource named();

    /** Rows that belong to the named row of this id. */
    Resource belonging(long namedId);

    /** Paths of lists in which rows of the first of the named rows stand. */
    List<String> lists(long firstId);

    /** The path of what everybody may read, and a text that stands in it. */
    Shared shared();

    /**
     * As one who sees everything: adds a named row and all that belongs to it, with {@code :name}, {@code :email},
     * {@code :due} and {@code :tenant}, and returns its id.
     */
    String addFirst();

    /** As one who sees everything: {@code row}, {@code tenant_id} and {@code text} of every text in every table. */
    String texts();

    /** Queries without a {@code where}: each of their rows has a mark of the tenant. */
    List<String> everything();

    /** Changes all named rows, so that each returned row has the mark. */
    String changeAll(String mark);

    /** Deletes all belonging rows that may be deleted alone, and returns their texts. */
    String deleteAll();

    /** Deletes one named row. */
    String deleteNamed(long id);

    /** What the database has to refuse to a tenant. */
    List<String> refused(Party mine, Party theirs, long foreignId);

    /** @param text stands in what is answered there */
    record Shared(String path, String text) {}
}
