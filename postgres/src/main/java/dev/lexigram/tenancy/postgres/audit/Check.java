package dev.lexigram.tenancy.postgres.audit;

import java.sql.SQLException;
import java.util.List;

/** One question of the audit. */
interface Check {

    /** What is wrong; empty when nothing is. A check that cannot be answered throws: it never counts as passed. */
    List<Finding> run(AuditSession session) throws SQLException;
}
