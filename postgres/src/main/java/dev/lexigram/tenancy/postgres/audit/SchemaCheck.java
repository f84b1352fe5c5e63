package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.EXTENSION_SCHEMA_HAS_TABLES;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.EXTENSION_SCHEMA_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SCHEMA_ARCHIVE_REACHABLE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SCHEMA_GUARD_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SCHEMA_MARK_FOREIGN;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SCHEMA_NOT_MARKED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SCHEMA_ON_PATH;

import dev.lexigram.tenancy.postgres.audit.OwnSchemas.OwnSchema;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaGuard;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Each schema of a tenant says whose it is, its tables accept nobody else, and no session begins in one. */
final class SchemaCheck implements Check {

    private static final String EXISTS = "select from pg_catalog.pg_namespace where nspname = ?";

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        var findings = new ArrayList<Finding>();
        var unprotected = unprotected(session);
        for (var schema : session.schemas().all()) {
            if (schema.entered()) {
                marks(session, schema, unprotected, findings);
            }
            if (session.schemas().path().contains(schema.name().value())) {
                findings.add(onPath(session, schema));
            }
        }
        for (var relation : session.relations()) {
            if (relation.kind() == Relation.Kind.TABLE && !isGuarded(session, relation)) {
                findings.add(unguarded(session, relation));
            }
        }
        var extensions = session.config().schema().extensionSchema();
        if (extensions.isPresent()) {
            extensions(session, extensions.get(), findings);
        }
        return findings;
    }

    /** Whether this table in a tenant's own schema is for its tenant alone; others, and those out of reach, pass. */
    static boolean isGuarded(AuditSession session, Relation table) {
        var schema = session.schemas().of(table);
        return schema.isEmpty()
                || !table.rights().reachable()
                || schema.get()
                        .marker()
                        .filter(mark -> isGuarded(table, mark.tenant()))
                        .isPresent();
    }

    private static boolean isGuarded(Relation table, TenantId tenant) {
        return table.rowSecurity().enabled()
                && table.rowSecurity().forced()
                && table.policies().stream()
                        .anyMatch(policy -> !policy.permissive() && isGuard(policy, new SchemaGuard(tenant)));
    }

    private static boolean isGuard(Policy policy, SchemaGuard guard) {
        return policy.forEveryone()
                && policy.using().filter(guard::isExpression).isPresent()
                && policy.withCheck().filter(guard::isExpression).isPresent();
    }

    private static void marks(AuditSession session, OwnSchema schema, Set<String> unprotected, List<Finding> findings) {
        var revoke = "revoke all on schema " + schema.name().sql() + " from "
                + session.role().grantees();
        if (schema.marker().isEmpty()) {
            if (schema.name().tenant().isPresent()
                    && unprotected.contains(schema.name().value())) {
                findings.add(finding(SCHEMA_NOT_MARKED, schema, """
                        -- Give back the comment that provisioning wrote; or, if it is no tenant's:
                        """ + revoke));
            }
        } else if (schema.isArchived()) {
            findings.add(finding(SCHEMA_ARCHIVE_REACHABLE, schema, revoke));
        } else if (!schema.isInPlace()) {
            findings.add(finding(SCHEMA_MARK_FOREIGN, schema, revoke));
        }
    }

    /** The schemas without a mark in which the role reaches what is neither protected nor declared. */
    private static Set<String> unprotected(AuditSession session) {
        return session.relations().stream()
                .filter(relation -> relation.name().schema().startsWith(SchemaName.PREFIX))
                .filter(relation -> !session.schemas().hold(relation))
                .filter(relation -> relation.rights().reachable())
                .filter(relation -> !Protection.defects(relation).isEmpty())
                .filter(relation -> !session.declarations().isCommon(relation.name()))
                .map(relation -> relation.name().schema())
                .collect(Collectors.toSet());
    }

    private static Finding onPath(AuditSession session, OwnSchema schema) {
        return finding(SCHEMA_ON_PATH, schema, """
                -- Take it out of what sets the path: the JDBC URL (currentSchema, options=-c), the pool, the database, or
                alter role %s reset search_path""".formatted(
                        Quoted.identifier(session.login().name())));
    }

    private static Finding unguarded(AuditSession session, Relation table) {
        var mend = session.schemas()
                .of(table)
                .filter(OwnSchema::isInPlace)
                .flatMap(OwnSchema::marker)
                .map(mark -> String.join(";\n", new SchemaGuard(mark.tenant()).protect(table.name())))
                .orElseGet(() -> "revoke all on " + table.name().sql() + " from "
                        + session.role().grantees());
        return new Finding(SCHEMA_GUARD_MISSING, table.name().toString(), mend);
    }

    private static void extensions(AuditSession session, String name, List<Finding> findings) throws SQLException {
        if (!exists(session, name)) {
            findings.add(new Finding(
                    EXTENSION_SCHEMA_MISSING, "schema " + name, "create schema " + Quoted.identifier(name)));
        }
        session.relations().stream()
                .filter(relation -> relation.name().schema().equals(name))
                .forEach(relation -> findings.add(new Finding(
                        EXTENSION_SCHEMA_HAS_TABLES,
                        relation.name().toString(),
                        "-- Move it into another schema, or name another one in isolation.extension_schema.")));
    }

    private static boolean exists(AuditSession session, String schema) throws SQLException {
        try (var statement = session.connection().prepareStatement(EXISTS)) {
            statement.setString(1, schema);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static Finding finding(FindingCode code, OwnSchema schema, String mend) {
        return new Finding(code, "schema " + schema.name(), mend);
    }
}
