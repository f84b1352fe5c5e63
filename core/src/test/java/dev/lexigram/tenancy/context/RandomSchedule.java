package dev.lexigram.tenancy.context;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A random but repeatable program for one pool thread: tasks that enter, nest, leave, fail, submit more tasks, and run
 * tasks of others in between. A stack of names is the model; what the carrier shows otherwise is a surprise.
 */
final class RandomSchedule {

    /** What carries the tenant, so that the same program can be run against something that is wrong. */
    interface Carrier {

        String current();

        void runAs(int tenant, Runnable work);

        void runInScope(int tenant, Runnable work);

        void runWithout(Runnable work);

        Runnable wrap(Runnable task);
    }

    private static final int TASKS = 60;
    private static final int DEPTH = 6;

    private final Random random;
    private final Carrier carrier;
    private final Deque<String> model = new ArrayDeque<>();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final List<String> surprises = new ArrayList<>();
    private int submitted;
    private int steps;

    RandomSchedule(long seed, Carrier carrier) {
        this.random = new Random(seed);
        this.carrier = carrier;
        model.push(SomeTenants.NONE);
    }

    /** Runs until no task is left and gives the number of steps. */
    int run() {
        submitPlain();
        submitPlain();
        while (!queue.isEmpty()) {
            runTask(queue.poll());
            check("after a task");
        }
        return steps;
    }

    List<String> surprises() {
        return surprises;
    }

    private void act() {
        for (int left = random.nextInt(8); left >= 0; left--) {
            steps++;
            check("step " + steps);
            step();
        }
    }

    private void step() {
        var nestedName = "t" + random.nextInt(5);
        int nested = nestedName.charAt(1) - '0';
        switch (model.size() > DEPTH ? 7 : random.nextInt(9)) {
            case 0, 1 -> inside(nestedName, () -> carrier.runAs(nested, this::act));
            case 2 -> inside(nestedName, () -> carrier.runInScope(nested, this::act));
            case 3 -> inside(SomeTenants.NONE, () -> carrier.runWithout(this::act));
            case 4 -> throw new Failure();
            case 5 -> submitWrapped();
            case 6 -> submitPlain();
            case 7 -> check("again");
            default -> callerRuns();
        }
    }

    private void inside(String tenant, Runnable work) {
        int depth = model.size();
        model.push(tenant);
        try {
            work.run();
        } catch (Failure failure) {
            unwind(depth);
            check("after a failure");
            if (random.nextBoolean()) {
                throw failure;
            }
        }
        unwind(depth);
        check("after leaving");
    }

    private void unwind(int depth) {
        while (model.size() > depth) {
            model.pop();
        }
    }

    private void submitWrapped() {
        var captured = model.element();
        if (submitted++ < TASKS) {
            queue.add(carrier.wrap(() -> {
                model.push(captured);
                act();
            }));
        }
    }

    private void submitPlain() {
        if (submitted++ < TASKS) {
            queue.add(this::act);
        }
    }

    /** A full queue makes the submitting thread run a task at once, inside whatever is bound there. */
    private void callerRuns() {
        if (!queue.isEmpty()) {
            runTask(queue.poll());
            check("after running another's task");
        }
    }

    private void runTask(Runnable task) {
        int depth = model.size();
        try {
            task.run();
        } catch (Failure expected) {
            steps++;
        }
        unwind(depth);
    }

    private void check(String where) {
        var shown = carrier.current();
        if (!shown.equals(model.element())) {
            surprises.add(where + ": " + shown + " instead of " + model.element());
        }
    }

    private static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Failure() {
            super("part of the schedule", null, false, false);
        }
    }
}
