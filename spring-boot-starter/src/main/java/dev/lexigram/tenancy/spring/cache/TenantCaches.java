package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.TenancyConfig;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.util.ClassUtils;

/** Divides caches by tenant, each once, but for those that are the same for all. */
final class TenantCaches {

    private static final boolean HAS_TRANSACTIONS = ClassUtils.isPresent(
                    "org.springframework.transaction.support.TransactionSynchronizationManager",
                    TenantCaches.class.getClassLoader())
            && ClassUtils.isPresent(
                    "org.springframework.cache.transaction.TransactionAwareCacheDecorator",
                    TenantCaches.class.getClassLoader());

    private final ObjectProvider<TenancyConfig> config;

    TenantCaches(ObjectProvider<TenancyConfig> config) {
        this.config = config;
    }

    Cache divided(Cache cache) {
        if (cache instanceof TenantCache || config.getObject().cache().shared().contains(cache.getName())) {
            return cache;
        }
        return HAS_TRANSACTIONS ? InTransactions.divided(cache) : TenantCache.of(cache, UnaryOperator.identity());
    }

    /** Only loaded where there are transactions. */
    private static final class InTransactions {

        /** The tenant has to be known before an operation waits for the commit, so that the decoration goes inside. */
        static TenantCache divided(Cache cache) {
            if (cache.getClass() != TransactionAwareCacheDecorator.class) {
                return TenantCache.of(cache, UnaryOperator.identity());
            }
            var target = ((TransactionAwareCacheDecorator) cache).getTargetCache();
            return TenantCache.of(
                    target instanceof TenantCache divided ? divided.behind() : target,
                    TransactionAwareCacheDecorator::new);
        }
    }
}
