package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.Severity.ERROR;
import static dev.lexigram.tenancy.postgres.audit.Severity.WARN;

/** What the audit looks for: each with its severity and with what can happen. Names are stable. */
public enum FindingCode {
    ROLE_SUPERUSER(ERROR, "A superuser passes by every policy, even a forced one."),
    ROLE_BYPASSES_POLICIES(ERROR, "The role passes by every policy, or can become one that does."),
    ROLE_READS_OR_WRITES_ALL(ERROR, "A predefined role opens data or files that no policy guards."),
    ROLE_CREATES_ROLES(ERROR, "The role can give itself, or create, what it must not have."),
    ROLE_OWNS(ERROR, "An owner can switch row security off, drop the policies, or change the protecting function."),
    ROLE_NOT_ASSUMED(ERROR, "The connection does not work as the role that isolation.assume_role names."),
    ROLE_ASSUMED(WARN, "The login itself has too many rights: injected SQL can leave the assumed role."),
    ROLE_SWITCHED(ERROR, "The role was taken on within the session: RESET ROLE gives back the rights of the login."),

    CREATE_GRANTED(ERROR, "The role can create objects that shadow or widen what the policies protect."),
    TEMPORARY_GRANTED(
            ERROR, "A temporary table outlives the transaction, keeps one tenant's rows and can shadow a table."),
    TABLE_RIGHTS_EXCESSIVE(
            ERROR, "TRUNCATE empties the table of all tenants; TRIGGER and REFERENCES look past policies."),

    SETTING_BOUND(ERROR, "A fresh session is bound to a tenant before anyone was admitted."),
    SETTING_DEFAULT(ERROR, "A default of the database or of the role binds every session to one tenant."),

    FUNCTION_MISSING(ERROR, "Without tenancy.require_tenant() no policy can know the tenant."),
    FUNCTION_NOT_CANONICAL(ERROR, "tenancy.require_tenant() is not the function that was proved to refuse."),
    FUNCTION_NOT_EXECUTABLE(ERROR, "The role may not call tenancy.require_tenant(): every protected statement fails."),
    FUNCTION_DOES_NOT_REFUSE(ERROR, "With no tenant bound, tenancy.require_tenant() does not raise 42501."),
    FUNCTION_OF_EXEMPT_OWNER(
            ERROR,
            "The function works with its owner's rights, which no policy confines: it opens every tenant's rows."),
    FUNCTION_PATH_OPEN(
            ERROR, "The function works with its owner's rights and looks for objects where its caller says."),

    SEAL_KEYS_REACHABLE(ERROR, "The role reaches the keys of sealed mode, so that it can sign for every tenant."),
    SEAL_LOGGED(WARN, "The server may log parameters, and tokens with them: who reads the log can read a valid one."),
    STATUS_UNREADABLE(ERROR, "The policies cannot ask whether a tenant is served: every protected statement fails."),

    TABLE_MISSING(ERROR, "A declared table does not exist, so that nothing is proved about it."),
    PATTERN_UNUSED(WARN, "The pattern declares no table: a misspelt name protects nothing."),
    TABLE_UNDECLARED(
            ERROR, "The role reaches a table that is neither protected nor declared: every tenant sees every row."),
    TABLE_OF_CONTROL_PLANE(ERROR, "The role reaches the control plane's own tables, which hold every tenant."),
    SHARED_TABLE_HAS_TENANT(
            ERROR, "The table is declared shared or system, but says with tenant_id whose its rows are."),
    TENANT_ID_MISSING(ERROR, "Rows of the table cannot say whose they are."),
    TENANT_ID_NOT_TEXT(ERROR, "tenant_id is not text in a deterministic collation: other ids may compare as equal."),
    TENANT_ID_NULLABLE(ERROR, "A row may belong to nobody."),
    TENANT_ID_MAY_BE_EMPTY(ERROR, "A row may belong to the empty tenant, which a setting that was reset would read."),
    TENANT_ID_DEFAULT(WARN, "A row that does not say whose it is gets another id than the bound tenant's."),
    ROW_SECURITY_OFF(ERROR, "Row security is off: every tenant sees every row."),
    ROW_SECURITY_NOT_FORCED(ERROR, "Row security does not hold for the table's owner."),
    ROW_SECURITY_INACTIVE(ERROR, "Row security is not active for this role on this table."),
    POLICY_PERMISSIVE_MISSING(ERROR, "The canonical permissive policy, for all commands and to public, is missing."),
    POLICY_RESTRICTIVE_MISSING(ERROR, "The canonical restrictive policy is missing: any further policy widens access."),
    POLICY_NOT_CANONICAL(ERROR, "A further permissive policy may show rows of other tenants."),
    PARTITION_UNPROTECTED(
            ERROR, "A partition or child table has policies of its own only: read directly, it shows all tenants."),
    VIEW_OF_OWNER(ERROR, "A view without security_invoker reads with its owner's rights, past the policies."),
    MATERIALIZED_VIEW_REACHABLE(ERROR, "A materialised view holds the rows of whoever refreshed it, with no policy."),
    FOREIGN_TABLE_REACHABLE(ERROR, "No policy can guard a foreign table."),

    RULE_REACHABLE(ERROR, "A rule works with the rights of its table's owner, past what the role may do itself."),
    TRIGGER_UNTRUSTED(ERROR, "The trigger's function is in a language that can read whatever the server can."),
    OBJECT_KIND_UNKNOWN(ERROR, "The role reaches an object of a kind that this version cannot judge."),
    LARGE_OBJECTS_IN_USE(WARN, "A large object has an owner and no tenant: the role opens all that it has made."),
    PUBLICATION_OF_TABLES(WARN, "Whoever subscribes gets the rows of all tenants: a publication knows no policy."),
    SUBSCRIPTION_WRITES(WARN, "What another server sends is written past every policy and trigger."),
    EVENT_TRIGGER_FIRES(WARN, "Its function runs with the rights of whoever changes the schema, who passes policies."),
    DEFAULT_PRIVILEGES_GRANT(WARN, "A new table is open to the role before anybody has protected it."),

    SCHEMA_NOT_MARKED(ERROR, "The schema has the name of a tenant's and does not say whose it is."),
    SCHEMA_MARK_FOREIGN(ERROR, "The schema says that it is a tenant's whose schema has another name: it is a copy."),
    SCHEMA_GUARD_MISSING(ERROR, "The table is in a tenant's own schema and does not keep everybody else out."),
    SCHEMA_ARCHIVE_REACHABLE(ERROR, "The role reaches the archived schema of a tenant that was removed."),
    SCHEMA_ON_PATH(ERROR, "Sessions begin in a tenant's own schema: what is meant for nobody or for all ends there."),
    EXTENSION_SCHEMA_HAS_TABLES(ERROR, "The schema follows every tenant's own on the path, so they share its tables."),
    EXTENSION_SCHEMA_MISSING(WARN, "Nothing is found in a schema that does not exist."),

    KEY_WITHOUT_TENANT(WARN, "A value that is refused as a duplicate tells that another tenant has it."),
    REFERENCE_WITHOUT_TENANT(WARN, "A row can refer to another tenant's row, and tells by that whether it exists."),
    DELETION_ACROSS_TENANTS(WARN, "What one tenant deletes can delete or change another tenant's rows."),
    INDEX_WITHOUT_TENANT(WARN, "Each statement of a tenant goes through the rows of all."),
    SERVER_VERSION_OLD(WARN, "The server lacks known fixes of row security and of what its statistics give away."),

    ROLE_NOT_OBSERVED(WARN, "The role passes by every policy, so nothing that it does can be observed."),
    TABLE_NOT_OBSERVED(WARN, "The table has no observing policies: what would be refused there is not recorded."),
    TABLE_PROTECTED(WARN, "The table is protected already: there is nothing to observe."),

    UNBOUND_READ_SUCCEEDS(ERROR, "With no tenant bound, protected rows were readable."),
    CANARY_SEES_ROWS(ERROR, "Bound to a tenant that does not exist, the role saw rows.");

    private final Severity severity;
    private final String risk;

    FindingCode(Severity severity, String risk) {
        this.severity = severity;
        this.risk = risk;
    }

    public Severity severity() {
        return severity;
    }

    /** What can happen, in a sentence. */
    public String risk() {
        return risk;
    }
}
