package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.SERVER_VERSION_OLD;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The server has the fixes of row security and of what statistics tell (CVE-2025-8713 and before). */
final class ServerVersionCheck implements Check {

    private static final int OLDEST_SUPPORTED = 15;
    private static final Map<Integer, Integer> FIXED = Map.of(15, 14, 16, 10, 17, 6);

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        var server = session.connection().getMetaData();
        var major = server.getDatabaseMajorVersion();
        var minor = server.getDatabaseMinorVersion();
        return isOld(major, minor)
                ? List.of(new Finding(
                        SERVER_VERSION_OLD,
                        "PostgreSQL " + major + "." + minor,
                        "-- Update the server to its latest minor version."))
                : List.of();
    }

    static boolean isOld(int major, int minor) {
        return major < OLDEST_SUPPORTED || minor < FIXED.getOrDefault(major, 0);
    }
}
