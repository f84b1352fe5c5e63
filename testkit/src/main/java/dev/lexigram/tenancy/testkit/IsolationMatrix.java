package dev.lexigram.tenancy.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** What {@link IsolationProver} has tried and what came of it. Immutable. */
public record IsolationMatrix(List<Cell> cells) {

    public IsolationMatrix {
        cells = List.copyOf(cells);
    }

    /** What is tried with a table. */
    public enum Operation {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        COPY
    }

    /** For whom, and on whose row: a tenant's own, another's, with no tenant bound, or for a tenant that is suspended. */
    public enum Whose {
        OWN,
        OTHER,
        UNBOUND,
        SUSPENDED
    }

    /** What came of it. What a constraint stops was reached: policies and rights come first. */
    public enum Outcome {
        REACHED,
        NOTHING,
        REFUSED
    }

    /** One attempt of a role. */
    public record Cell(String table, Operation operation, Whose whose, String role, Outcome expected, Outcome outcome) {

        boolean holds() {
            return expected == outcome;
        }

        @Override
        public String toString() {
            return role + " " + operation + " " + whose + " of " + table + ": expected " + expected + ", was "
                    + outcome;
        }
    }

    /** The attempts that ended otherwise than the rules say; empty if isolation holds. */
    public List<Cell> violations() {
        return cells.stream().filter(cell -> !cell.holds()).toList();
    }

    /** @throws AssertionError with every violation, or if nothing was tried */
    public void assertHolds() {
        if (cells.isEmpty() || !violations().isEmpty()) {
            throw new AssertionError(violations().size() + " of " + cells.size() + " attempts broke isolation:\n"
                    + violations().stream().map(Cell::toString).collect(Collectors.joining("\n")));
        }
    }
}
