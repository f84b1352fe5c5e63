package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What failed first in an execution; what the driver raises may be another exception, such as that of a batch. */
final class FirstFailure {

    private @Nullable SQLException first;

    void note(SQLException failure) {
        if (first == null) {
            first = failure;
        }
    }

    Throwable or(Throwable raised) {
        return first == null ? raised : first;
    }
}
