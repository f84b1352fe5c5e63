package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of what one tenant has in stores that know no tenants: collections, graphs, indexes, buckets, files, secrets. No two
 * pairs of tenant and name get the same one, also where letters of both cases are the same, since no two ids differ in
 * case only. Immutable.
 */
public final class TenantScopedNames {

    private static final Pattern LOGICAL = Pattern.compile("[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?");
    private static final Pattern RESERVED_BUCKET = Pattern.compile("(?:xn--|sthree-|amzn-s3-demo-).*");
    private static final Pattern UNFIT_BUCKET = Pattern.compile(".*(?:_.*|-|-s3alias|--ol-s3|--x-s3|--table-s3)");
    private static final int MAX_LENGTH = 255;
    private static final int MAX_BUCKET_LENGTH = 63;
    private static final int DIGEST_BYTES = 16;

    private final TenantId tenant;

    private TenantScopedNames(TenantId tenant) {
        this.tenant = tenant;
    }

    /** Those of the current tenant. @throws dev.lexigram.tenancy.tenant.TenantRequiredException when none is bound */
    public static TenantScopedNames current() {
        return of(TenantContext.require().id());
    }

    public static TenantScopedNames of(TenantId tenant) {
        return new TenantScopedNames(tenant);
    }

    /**
     * Of a collection or a graph: {@code orders_t_acme}.
     *
     * @param logical lower-case letters, digits, {@code -} and {@code _}, of which the last is none of the latter; without
     *     {@code _t_} in it and {@code _t} at its end, and short enough for 255 characters in all
     * @throws InvalidTenantException if it is not so
     */
    public String name(String logical) {
        return scoped("name of a collection", logical, "_t_", tenant.value());
    }

    /**
     * Of a search index, in lower case: {@code orders_t_acme}. Lucene's servers allow 255 bytes, and no upper case
     * (Elasticsearch reference, "Create index").
     *
     * @param logical as for {@link #name}
     * @throws InvalidTenantException if it is not so
     */
    public String index(String logical) {
        return scoped("name of an index", logical, "_t_", lowerCase());
    }

    /**
     * Of a bucket: {@code orders-t-acme}. Where the id has an underscore or ends as no bucket may, or the whole would be
     * longer than 63 characters, a digest takes its place: {@code orders-h-} and 32 hexadecimal digits (Amazon S3 User Guide,
     * "General purpose bucket naming rules").
     *
     * @param logical as for {@link #name}, without underscores, without {@code -t-} or {@code -h-} in it and {@code -t} or
     *     {@code -h} at its end, at most 28 characters, not beginning as S3's own names do
     * @throws InvalidTenantException if it is not so
     */
    public String bucket(String logical) {
        requireApart("name of a bucket", logical, "-t-");
        requireApart("name of a bucket", logical, "-h-");
        if (logical.length() > MAX_BUCKET_LENGTH - 3 - 2 * DIGEST_BYTES
                || logical.indexOf('_') >= 0
                || RESERVED_BUCKET.matcher(logical + "-").matches()) {
            throw refused("name of a bucket", "at most 28 characters, no underscore, no prefix of S3's own", logical);
        }
        var readable = logical + "-t-" + lowerCase();
        var fits = readable.length() <= MAX_BUCKET_LENGTH
                && !UNFIT_BUCKET.matcher(readable).matches();
        return fits ? readable : logical + "-h-" + HexFormat.of().formatHex(digest(), 0, DIGEST_BYTES);
    }

    /**
     * Where a file of the tenant lies: in the folder of its id under the root.
     *
     * @param path relative to that folder, in the syntax of this system; it must not lead out of it, nor be it
     * @throws InvalidTenantException if it does, by itself or by links that are there now; nothing was touched. Links made
     *     after this are not looked at: who unpacks archives there has to refuse those in them
     */
    public Path file(Path root, String path) {
        var folder = root.toAbsolutePath().normalize().resolve(tenant.value());
        try {
            if (path.indexOf('\\') < 0 && !Path.of(path).isAbsolute()) {
                var file = folder.resolve(path).normalize();
                if (file.startsWith(folder) && !file.equals(folder) && isReallyIn(folder, file)) {
                    return file;
                }
            }
        } catch (InvalidPathException | IOException refused) {
            // no path, or a link to nowhere
        }
        throw refused("path of a file", "a relative path within the tenant's folder, without backslashes", path);
    }

    /**
     * Of a secret: {@code acme/smtp}; a slash in the key becomes {@code %2F}, a percent sign {@code %25}. Whoever puts it into
     * a URL has to escape the percent signs once more.
     *
     * @throws InvalidTenantException if the key is empty, {@code .} or {@code ..}, which lead elsewhere in a URL
     */
    public String secret(String key) {
        if (key.isEmpty() || key.equals(".") || key.equals("..")) {
            throw refused("key of a secret", "a text other than . and ..", key);
        }
        return tenant + "/" + key.replace("%", "%25").replace("/", "%2F");
    }

    private String scoped(String what, String logical, String separator, String id) {
        requireApart(what, logical, separator);
        if (logical.length() + separator.length() + id.length() > MAX_LENGTH) {
            throw refused(what, "at most " + MAX_LENGTH + " characters with the tenant's id", logical);
        }
        return logical + separator + id;
    }

    /** Follows the links of what is there of the file's path. */
    private static boolean isReallyIn(Path folder, Path file) throws IOException {
        for (@Nullable Path part = file; part != null && part.startsWith(folder); part = part.getParent()) {
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                return part.toRealPath().startsWith(folder.toRealPath());
            }
        }
        return true;
    }

    /** The separator must stand at one place only, or two pairs could have one name. */
    private static void requireApart(String what, String logical, String separator) {
        var ending = separator.substring(0, separator.length() - 1);
        if (logical.length() > MAX_LENGTH
                || !LOGICAL.matcher(logical).matches()
                || logical.contains(separator)
                || logical.endsWith(ending)) {
            throw refused(
                    what,
                    "lower-case letters, digits, - and _ between them, no " + separator + " and no " + ending
                            + " at the end",
                    logical);
        }
    }

    private String lowerCase() {
        return tenant.value().toLowerCase(Locale.ROOT);
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(lowerCase().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static InvalidTenantException refused(String what, String rule, String given) {
        return InvalidTenantException.of(what, rule, given);
    }
}
