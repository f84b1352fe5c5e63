package dev.lexigram.tenancy.postgres.policy;

import java.util.List;

/**
 * The sealed form of {@code tenancy.require_tenant()}: the setting holds {@code tenant.pid.expiry.key.hmac}, and the
 * function answers with the tenant only if the token was signed with an accepted key, for this very connection, and has
 * not expired. The keys lie in a table that only the owner can read, each as the two pads of HMAC-SHA256.
 */
final class SealedFunction {

    /** What it says, with SQLSTATE 42501, of a binding that was not made by the library for this connection. */
    static final String NOT_VALID = "tenant binding not valid";

    // The digests are compared as digests, so that the time of the comparison tells nothing of the right one. What is
    // signed has its form, so it is taken apart only afterwards.
    private static final String BODY = """

            declare
                token text := nullif(current_setting('%1$s', true), '');
                payload text := left(token, -65);
                inner_pad bytea;
                outer_pad bytea;
                tenant text;
            begin
                if token is null then
                    raise insufficient_privilege using message = '%2$s';
                end if;
                select k.inner_pad, k.outer_pad into inner_pad, outer_pad
                    from tenancy.seal_keys k where k.key_id = split_part(token, '.', 4) and not k.retired;
                if (sha256(convert_to(token, 'UTF8')) = sha256(convert_to(payload || '.' || encode(
                        sha256(outer_pad || sha256(inner_pad || convert_to(payload, 'UTF8'))), 'hex'), 'UTF8')))
                        is not true then
                    raise insufficient_privilege using message = '%3$s';
                end if;
                if split_part(payload, '.', 2) <> pg_backend_pid()::text
                        or split_part(payload, '.', 3)::bigint <= extract(epoch from clock_timestamp()) then
                    raise insufficient_privilege using message = '%3$s';
                end if;
                tenant := split_part(payload, '.', 1);
            %4$s    return tenant;
            end
            """;

    private static final String TABLE = """
            create table if not exists tenancy.seal_keys (
                key_id text primary key,
                inner_pad bytea not null check (length(inner_pad) = 64),
                outer_pad bytea not null check (length(outer_pad) = 64),
                retired boolean not null default false)""";

    private SealedFunction() {}

    /** @param served what else has to hold of the variable {@code tenant} */
    static String body(String settingName, String served) {
        return BODY.formatted(settingName, TenantPolicy.NOT_BOUND, NOT_VALID, served);
    }

    /** Makes the table of keys, which nobody but its owner may read or write. */
    static List<String> createKeys(Grantees grantees) {
        return List.of(
                TABLE,
                "alter table tenancy.seal_keys owner to " + Quoted.identifier(grantees.owner()),
                "revoke all on table tenancy.seal_keys from public, " + Quoted.identifier(grantees.app()));
    }
}
