package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.audit.Severity.ERROR;
import static dev.lexigram.tenancy.postgres.audit.Severity.WARN;

import dev.lexigram.tenancy.postgres.audit.Severity;

/**
 * What a plan may find: with ERROR somebody must decide before the application serves tenants, with WARN somebody must
 * know. Names are stable.
 */
public enum AdoptionCode {
    NAME_UNMATCHED(ERROR, "No table has this name: a misspelt one leaves a table in the wrong class."),
    TABLES_MISSING(ERROR, "There is no table of tenants, so that there is nothing to migrate."),
    TABLE_UNNAMED(ERROR, "The tables of tenants are named and this is none of them, nor is it shared or a tool's."),
    TENANT_ID_TAKEN(ERROR, "The table has a column tenant_id that is not plain text; the migration leaves it out."),
    TENANT_ID_PRESENT(WARN, "The table has a column tenant_id; what stands in it is taken for ids of tenants."),
    SHARED_TABLE_HAS_TENANT(ERROR, "The table is declared shared or a tool's, but says with tenant_id whose rows are."),
    HIERARCHY(ERROR, "Tables that inherit pass by each other's policies; the migration leaves them out."),

    KEY_NATURAL(
            ERROR,
            "The primary key stays one for all tenants and is not generated: two tenants cannot use the same key, and"
                    + " each can find out which ones the others use."),
    KEY_ASSIGNED(WARN, "The primary key stays one for all tenants and the database does not make it."),
    KEY_GLOBAL(ERROR, "The constraint compares rows of different tenants and tells one about the other's."),
    KEY_IN_USE(ERROR, "Something depends on the key as it is: the migration stops at it."),
    ON_CONFLICT(WARN, "The key gains tenant_id: statements that name its columns in ON CONFLICT fail until they do."),
    REPLICA_IDENTITY(WARN, "The index that identifies rows for replication is created again and loses that role."),

    REFERENCE_INTO_TENANT(ERROR, "A foreign key from a table that is not a tenant's sees and blocks rows of tenants."),
    FOREIGN_KEY_ODD(ERROR, "The foreign key cannot take tenant_id as it is: the migration stops at it."),
    FOREIGN_KEY_UNVALIDATED(WARN, "The foreign key was never validated and stays so: old rows may break it."),
    SET_NULL(WARN, "The action would empty tenant_id, too; so the foreign key names the columns to empty."),

    VIEW_OF_OWNER(ERROR, "The view reads with its owner's rights."),
    MATERIALIZED_VIEW(ERROR, "A materialised view holds rows of all tenants, and no policy can guard it."),
    FOREIGN_TABLE(ERROR, "No policy can guard a foreign table."),
    FUNCTION_OF_OWNER(ERROR, "A SECURITY DEFINER function works with its owner's rights, for whoever calls it."),
    TRIGGER(WARN, "The trigger goes on with the rights of the application and sees one tenant."),
    RULE(WARN, "A rewrite rule works with the rights of the table's owner."),
    POLICY_OTHER(ERROR, "A further permissive policy may show rows of other tenants; the audit refuses it."),
    PUBLISHED(WARN, "The publication sends the rows of all tenants to its subscribers."),

    ROLE_MISSING(WARN, "The role does not exist: the migration refuses to start."),
    OWNER_OTHER(WARN, "tenancy_migrator cannot change tables of another owner: the migration stops at them."),
    SYSTEM_TABLE(WARN, "The migration grants nothing on a tool's table, and the application may need it."),
    PARTITIONED(WARN, "Partitions are closed to the application, and a new one is open until it gets policies."),
    LARGE_TABLE(WARN, "The table is large, and the migration locks it while it reads it and builds its keys.");

    private final Severity severity;
    private final String why;

    AdoptionCode(Severity severity, String why) {
        this.severity = severity;
        this.why = why;
    }

    public Severity severity() {
        return severity;
    }

    /** Why it matters, in a sentence. */
    public String why() {
        return why;
    }
}
