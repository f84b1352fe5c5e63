package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.SourcedResolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the sources of a call say, written by hand. */
final class Sources {

    private final List<SourcedResolution> said = new ArrayList<>();

    static Sources none() {
        return new Sources();
    }

    static Sources token(String reference) {
        return none().verified("jwt_claim", Resolution.resolved(reference));
    }

    static Sources header(String reference) {
        return none().selector("header", Resolution.resolved(reference));
    }

    Sources verified(String source, Resolution resolution) {
        said.add(new SourcedResolution(source, Trust.VERIFIED, resolution));
        return this;
    }

    Sources selector(String source, Resolution resolution) {
        said.add(new SourcedResolution(source, Trust.SELECTOR, resolution));
        return this;
    }

    Sources andHeader(String reference) {
        return selector("header", Resolution.resolved(reference));
    }

    Sources andPath(String reference) {
        return selector("path", Resolution.resolved(reference));
    }

    /** All that is said, in the order in which a chain asks. */
    Function<TenantResolutionContext, List<SourcedResolution>> all() {
        return call -> List.copyOf(said);
    }

    /** A chain that believes the first that says something, and asks nobody else. */
    Function<TenantResolutionContext, List<SourcedResolution>> firstOnly() {
        return call -> said.stream()
                .filter(answer -> answer.resolution() instanceof Resolution.Resolved)
                .limit(1)
                .toList();
    }
}
