package dev.lexigram.tenancy.architecture.planted.tenant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Planted: the rule that forbids this must find it. */
public final class TenantThatLogs {

    static final Logger LOG = LoggerFactory.getLogger(TenantThatLogs.class);

    private TenantThatLogs() {}
}
