package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.CompositeResolver;
import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.SourcedResolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decides which tenant a call may act as, if any: asks every source, looks up what they name, compares, and asks
 * whether the caller belongs there. It binds nothing itself.
 *
 * <p>Safe for use by many threads. Whatever fails on the way refuses the call. Refusals that the caller must not tell
 * apart cost the same look-ups: where no membership has to be asked, one that cannot matter is asked.
 */
public final class TenantAdmission {

    private enum Standing {
        /** May act as the tenant, and learn of its status. */
        MEMBER,
        /** Anonymous, on a path that is open to everybody. */
        VISITOR,
        STRANGER
    }

    private final Function<TenantResolutionContext, List<SourcedResolution>> sources;
    private final Set<String> requestHeaders;
    private final TenantValidator validator;
    private final Optional<TenantMembership> membership;
    private final boolean strict;
    private final boolean verifiedWins;
    private final PathPrefixes publicPaths;
    private final SecurityLog securityLog;
    private final Consumer<Admission> observer;

    /**
     * @param resolver asked for every source of a call
     * @param membership who knows memberships; empty if nobody does
     * @throws IllegalArgumentException if a public path is not the plain beginning of a path
     */
    public TenantAdmission(
            CompositeResolver resolver,
            TenantValidator validator,
            Optional<TenantMembership> membership,
            ResolutionConfig config) {
        this(resolver, validator, membership, config, decision -> {});
    }

    /**
     * The same with somebody who is told of every first decision about a call, on its thread.
     *
     * @param observer must be quick and must not throw
     */
    public TenantAdmission(
            CompositeResolver resolver,
            TenantValidator validator,
            Optional<TenantMembership> membership,
            ResolutionConfig config,
            Consumer<Admission> observer) {
        this(
                resolver::resolveAll,
                resolver.requestHeaders(),
                validator,
                membership,
                config,
                new SecurityLog(),
                observer);
    }

    TenantAdmission(
            Function<TenantResolutionContext, List<SourcedResolution>> sources,
            Set<String> requestHeaders,
            TenantValidator validator,
            Optional<TenantMembership> membership,
            ResolutionConfig config,
            SecurityLog securityLog) {
        this(sources, requestHeaders, validator, membership, config, securityLog, decision -> {});
    }

    private TenantAdmission(
            Function<TenantResolutionContext, List<SourcedResolution>> sources,
            Set<String> requestHeaders,
            TenantValidator validator,
            Optional<TenantMembership> membership,
            ResolutionConfig config,
            SecurityLog securityLog,
            Consumer<Admission> observer) {
        this.sources = sources;
        this.requestHeaders = Collections.unmodifiableSortedSet(new TreeSet<>(requestHeaders));
        this.validator = validator;
        this.membership = membership;
        this.strict = config.trust().strictMembership();
        this.verifiedWins = config.trust().onConflict() == ConflictRule.VERIFIED_WINS;
        this.publicPaths =
                new PathPrefixes("resolution.public_paths", config.routes().publicPaths());
        this.securityLog = securityLog;
        this.observer = observer;
    }

    /** The request headers on which a decision depends, for {@code Vary} (RFC 9110, section 12.5.5). */
    public Set<String> requestHeaders() {
        return requestHeaders;
    }

    /** The decision about this call; it does not throw. */
    public Admission admit(TenantResolutionContext context) {
        var decision = decideOrRefuse(context);
        observer.accept(decision);
        return decision;
    }

    private Admission decideOrRefuse(TenantResolutionContext context) {
        try {
            return decide(context);
        } catch (TenantAccessDeniedException contradiction) {
            var refusal = new Refusal.Conflict();
            securityLog.refused(refusal.reason(), List.of(), Optional.empty());
            return new Admission.Refused(refusal);
        } catch (Exception failure) {
            return new Admission.Refused(new Refusal.Unavailable("The decision about this call", failure));
        }
    }

    /**
     * The decision about a call that was admitted before and goes on in another piece of work, such as an error page:
     * whether its tenant still is active. It does not throw.
     */
    public Admission readmit(Admission.Admitted earlier) {
        try {
            var tenant = validator.find(earlier.tenant().id().value());
            if (tenant.isEmpty()) {
                return new Admission.Refused(new Refusal.Denied("unknown_tenant"));
            }
            return tenant.get().isActive()
                    ? new Admission.Admitted(tenant.get(), earlier.source())
                    : new Admission.Refused(new Refusal.NotActive(tenant.get()));
        } catch (Exception failure) {
            return new Admission.Refused(new Refusal.Unavailable("The status of this call's tenant", failure));
        }
    }

    /**
     * What makes every call refused, and the lines that mend it; empty if some calls can be admitted.
     *
     * @param anyVerified whether one of the sources is verified
     * @param anyMembership whether somebody knows memberships
     */
    public static Optional<String> problem(boolean anyVerified, boolean anyMembership, ResolutionConfig config) {
        if (anyVerified
                || anyMembership
                || !config.trust().strictMembership()
                || !config.routes().publicPaths().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("no call could ever act as a tenant: clients choose it, strict_membership lets them choose"
                + " among their memberships only, and nothing knows memberships; add 'membership.source: claim' or"
                + " 'membership.source: sql', give a TenantMembership, or verify tokens and list jwt_claim in"
                + " 'resolution.resolvers'");
    }

    private Admission decide(TenantResolutionContext context) {
        var answers = sources.apply(context);
        for (var answer : answers) {
            if (answer.resolution() instanceof Resolution.Rejected rejected) {
                return new Admission.Refused(new Refusal.Rejected(answer.source(), rejected.reason()));
            }
        }
        var leads = new ArrayList<Lead>(answers.size());
        for (var answer : answers) {
            if (answer.resolution() instanceof Resolution.Resolved resolved) {
                leads.add(follow(answer, resolved.reference()));
            }
        }
        return leads.isEmpty() ? new Admission.Refused(new Refusal.NoSource()) : compare(leads, context);
    }

    private Lead follow(SourcedResolution answer, String reference) {
        return new Lead(answer.source(), answer.trust(), reference, validator.find(reference));
    }

    private Admission compare(List<Lead> leads, TenantResolutionContext context) {
        if (leads.size() == 1) {
            return judge(leads.get(0), context);
        }
        var verified = leads.stream().filter(Lead::isVerified).toList();
        var deciding = verified.isEmpty() ? leads.get(0) : verified.get(0);
        if (Lead.agree(leads)) {
            return judge(deciding, context);
        }
        var selectors = leads.stream().filter(lead -> !lead.isVerified()).toList();
        if (verifiedWins && !verified.isEmpty() && Lead.agree(verified) && Lead.agree(selectors)) {
            securityLog.overruled(leads, context.principal());
            return judge(deciding, context);
        }
        askInVain(leads.get(leads.size() - 1), context);
        return refuse(new Refusal.Conflict(), leads, context);
    }

    private Admission judge(Lead lead, TenantResolutionContext context) {
        if (lead.tenant().isEmpty()) {
            askInVain(lead, context);
            return deny("unknown_tenant", lead, context);
        }
        var tenant = lead.tenant().get();
        var standing = standing(lead, tenant, context);
        if (standing == Standing.STRANGER) {
            return deny("not_a_member", lead, context);
        }
        return switch (tenant.status()) {
            case ACTIVE -> new Admission.Admitted(tenant, lead.source());
            case SUSPENDED, INACTIVE ->
                standing == Standing.MEMBER
                        ? new Admission.Refused(new Refusal.NotActive(tenant))
                        : deny(tenant.status().wireName(), lead, context);
            case PROVISIONING, FAILED, DELETING, DELETED -> denyDead(lead, tenant, context);
        };
    }

    private Standing standing(Lead lead, Tenant tenant, TenantResolutionContext context) {
        if (lead.isVerified() || !strict) {
            return Standing.MEMBER;
        }
        var principal = context.principal();
        if (principal.isEmpty()) {
            return publicPaths.cover(context.rawPath()) ? Standing.VISITOR : Standing.STRANGER;
        }
        return membership.isPresent() && membership.get().isMember(principal.get(), tenant.id())
                ? Standing.MEMBER
                : Standing.STRANGER;
    }

    private Admission denyDead(Lead lead, Tenant tenant, TenantResolutionContext context) {
        if (lead.isVerified()) {
            askInVain(lead, context);
        }
        return deny(tenant.status().wireName(), lead, context);
    }

    /** Asks for a membership and ignores the answer, so that this refusal costs what one of a non-member costs. */
    private void askInVain(Lead lead, TenantResolutionContext context) {
        var principal = context.principal();
        if (strict && membership.isPresent() && principal.isPresent()) {
            membership.get().isMember(principal.get(), idForNobody(lead.reference()));
        }
    }

    /** Another id for each reference, so that a membership which remembers answers has to ask as for a real one. */
    private static TenantId idForNobody(String reference) {
        return TenantId.parse(reference)
                .orElseGet(() -> TenantId.of(UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8))
                        .toString()));
    }

    private Admission deny(String reason, Lead lead, TenantResolutionContext context) {
        return refuse(new Refusal.Denied(reason), List.of(lead), context);
    }

    private Admission refuse(Refusal refusal, List<Lead> leads, TenantResolutionContext context) {
        securityLog.refused(refusal.reason(), leads, context.principal());
        return new Admission.Refused(refusal);
    }
}
