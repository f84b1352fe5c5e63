package dev.lexigram.tenancy.postgres.faults;

import dev.lexigram.tenancy.postgres.faults.FaultProxy.Fault;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of one direction, and strikes after the last that may pass. */
final class Gate {

    private @Nullable Fault fault;
    private long allowed;
    private long passed;
    private boolean struck;
    private boolean resetDue;

    synchronized void arm(long bytes, Fault chosen) {
        fault = chosen;
        allowed = bytes;
        struck = false;
        resetDue = false;
        notifyAll();
    }

    synchronized void disarm() {
        fault = null;
        notifyAll();
    }

    synchronized boolean hasStruck() {
        return struck;
    }

    synchronized long passed() {
        return passed;
    }

    /** How many of so many bytes may pass, after waiting as long as none may; 0 for a reset. */
    synchronized int pass(int wanted) {
        while (fault != null && allowed == 0) {
            struck = true;
            if (fault == Fault.RESET) {
                fault = null;
                return 0;
            }
            await();
        }
        var may = fault == null ? wanted : (int) Math.min(wanted, allowed);
        allowed -= may;
        passed += may;
        resetDue = fault == Fault.RESET && allowed == 0;
        return may;
    }

    /** Whether the last byte that passed was the last before a reset. */
    synchronized boolean resetsNow() {
        if (!resetDue) {
            return false;
        }
        resetDue = false;
        struck = true;
        fault = null;
        return true;
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("Nobody interrupts the threads of a proxy", interrupted);
        }
    }
}
