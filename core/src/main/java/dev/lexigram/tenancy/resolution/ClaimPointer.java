package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in a token the tenant stands: the name of a claim or, beginning with a slash, a JSON pointer (RFC 6901). Immutable.
 */
record ClaimPointer(List<String> steps) {

    static ClaimPointer of(String key) {
        return new ClaimPointer(key.startsWith("/") ? split(key.substring(1)) : List.of(key));
    }

    static Optional<String> problem(String key) {
        var escapesAreKnown =
                !key.startsWith("/") || !key.replace("~0", "").replace("~1", "").contains("~");
        return !key.isBlank() && key.length() <= 128 && escapesAreKnown
                ? Optional.empty()
                : Optional.of(
                        "resolution.jwt_claim_key must be the name of a claim, such as tenant_id, or a JSON pointer,"
                                + " such as /org/id, of 1 to 128 characters");
    }

    /**
     * What stands there; null if nothing does. Where the way ends at something that is neither an object nor a list, that
     * is the answer, for its type to be refused.
     */
    @Nullable
    Object in(VerifiedClaims claims) {
        var value = claims.get(steps.get(0));
        for (var step = 1; step < steps.size() && value != null; step++) {
            if (value instanceof Map<?, ?> object) {
                value = object.get(steps.get(step));
            } else if (value instanceof List<?> list) {
                value = item(list, steps.get(step));
            } else {
                return JwtClaimTenantResolver.isNothing(value) ? null : NotAContainer.INSTANCE;
            }
        }
        return value;
    }

    private static @Nullable Object item(List<?> list, String step) {
        var isIndex = !step.isEmpty()
                && step.length() <= 4
                && step.chars().allMatch(symbol -> References.isDigit((char) symbol))
                && (step.length() == 1 || step.charAt(0) != '0');
        if (!isIndex) {
            return list.isEmpty() ? null : NotAContainer.INSTANCE;
        }
        var index = Integer.parseInt(step);
        return index < list.size() ? list.get(index) : null;
    }

    private static List<String> split(String pointer) {
        return Stream.of(pointer.split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** Stands for a value that the pointer would have to go through and cannot. */
    private enum NotAContainer {
        INSTANCE
    }
}
