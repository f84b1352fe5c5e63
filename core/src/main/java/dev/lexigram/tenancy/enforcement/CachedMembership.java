package dev.lexigram.tenancy.enforcement;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.lexigram.tenancy.cache.AgeingCache;
import dev.lexigram.tenancy.cache.AgeingCache.Aged;
import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.cache.SingleFlight;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers another membership's answers for a while, both yes and no, by the principal's name and issuer.
 *
 * <p>Safe for use by many threads; concurrent questions about one principal and tenant share one. A failure is not
 * remembered: it raises {@code TenantUnavailableException}. Answers of {@link ClaimMembership} are as good as the token
 * at hand and are never remembered.
 */
public final class CachedMembership implements TenantMembership {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Question(String principal, Optional<String> issuer, TenantId tenant) {

        static Question of(TenantPrincipal principal, TenantId tenant) {
            return new Question(principal.name(), principal.claims().flatMap(VerifiedClaims::issuer), tenant);
        }
    }

    private record Answer(Question question, boolean member) {}

    private final TenantMembership inner;
    private final boolean remembers;
    private final long ttl;
    private final long uncoveredTtl;
    private final Coverage coverage;
    private final Ticker ticker;
    private final AgeingCache<Question, Answer> answers;
    private final SingleFlight<Question, Aged<Answer>> questions;

    /** For memberships that change unannounced: an answer is used for its whole time. */
    public CachedMembership(TenantMembership inner, MembershipConfig config) {
        this(inner, config, Ticker.systemTicker());
    }

    /**
     * For memberships whose changes reach {@link #invalidate(String, TenantId)}.
     *
     * @param coverage of what changes do; what it does not cover is used no longer than {@code maxStaleness}
     */
    public CachedMembership(TenantMembership inner, MembershipConfig config, Coverage coverage, Duration maxStaleness) {
        this(inner, config, coverage, maxStaleness, Ticker.systemTicker());
    }

    CachedMembership(TenantMembership inner, MembershipConfig config, Ticker ticker) {
        this(inner, config, Coverage.NONE, config.cacheTtl(), ticker);
    }

    CachedMembership(
            TenantMembership inner, MembershipConfig config, Coverage coverage, Duration maxStaleness, Ticker ticker) {
        this.inner = inner;
        this.coverage = coverage;
        this.ttl = AgeingCache.nanosOf(config.cacheTtl());
        this.uncoveredTtl = Math.min(ttl, AgeingCache.nanosOf(maxStaleness));
        this.remembers = ttl > 0 && config.cacheSize() > 0 && !(inner instanceof ClaimMembership);
        this.ticker = ticker;
        this.answers = new AgeingCache<>(config.cacheSize(), remembers, ticker);
        this.questions = new SingleFlight<>("Membership", PATIENCE);
    }

    @Override
    public boolean isMember(TenantPrincipal principal, TenantId tenant) {
        if (!remembers) {
            return inner.isMember(principal, tenant);
        }
        var question = Question.of(principal, tenant);
        var remembered = trusted(question);
        var answer = remembered != null
                ? remembered
                : questions.fly(question, () -> ask(question, principal), asked -> keep(question, asked));
        return answer.answer().member;
    }

    /** Forgets what is known of this principal, by name, and this tenant. To be called when a membership changes. */
    public void invalidate(String principal, TenantId tenant) {
        questions.cancel(() -> answers.removeIf(
                answer -> answer.question.principal.equals(principal) && answer.question.tenant.equals(tenant)));
    }

    /** Forgets everything that is known of this tenant's members. */
    public void invalidate(TenantId tenant) {
        questions.cancel(() -> answers.removeIf(answer -> answer.question.tenant.equals(tenant)));
    }

    /** Forgets everything. */
    public void invalidateAll() {
        questions.cancel(answers::clear);
    }

    private @Nullable Aged<Answer> trusted(Question question) {
        return answers.trusted(question, uncoveredTtl, ttl, coverage);
    }

    private Aged<Answer> ask(Question question, TenantPrincipal principal) {
        var justAnswered = trusted(question);
        if (justAnswered != null) {
            return justAnswered;
        }
        var since = ticker.read();
        return new Aged<>(new Answer(question, inner.isMember(principal, question.tenant)), since);
    }

    private Aged<Answer> keep(Question question, Aged<Answer> asked) {
        answers.put(question, asked);
        return asked;
    }
}
