package dev.lexigram.tenancy.acceptance.traffic;

import dev.lexigram.tenancy.acceptance.Api;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Sends the requests of one thread, and searches every answer for what must not be in it. */
final class Client {

    private static final Pattern INSIDE =
            Pattern.compile("(?i)\\b(select|insert|returning|sqlstate|postgres|hibernate|jdbc|row-level)\\b"
                    + "|exception|\\bat [a-z.]+\\w+\\(|tenancy_|dev\\.lexigram|java\\.");

    private final List<Party> parties;
    private final TrafficReport report;
    private final Random random;

    Client(List<Party> parties, TrafficReport report, Random random) {
        this.parties = parties;
        this.report = report;
        this.random = random;
    }

    /** Asks for somebody who may act for this tenant; nothing of the others may be in the answer. */
    Answer ask(Kind kind, Party party, String method, String path, String body) {
        return ask(kind, party.door(random), List.of(party), method, path, body);
    }

    /** Asks for somebody who may see no tenant's rows. */
    Answer ask(Kind kind, Api api, String method, String path, String body) {
        return ask(kind, api, List.of(), method, path, body);
    }

    private Answer ask(Kind kind, Api api, List<Party> own, String method, String path, String body) {
        var request = kind + " " + method + " " + path + " as " + own;
        var begin = System.nanoTime();
        try {
            var answer = api.send(method, path, body);
            report.took(Duration.ofNanos(System.nanoTime() - begin));
            return inspected(kind, own, request, answer);
        } catch (UncheckedIOException failure) {
            report.fault(request + ": no answer, " + failure.getCause());
            return new Answer(kind, request, 599, "", report);
        }
    }

    private Answer inspected(Kind kind, List<Party> own, String request, HttpResponse<String> answer) {
        var body = answer.body();
        var everything = answer.headers().map() + "\n" + body;
        for (var party : parties) {
            if (!own.contains(party) && (party.owns(everything) || everything.contains(party.tenant()))) {
                report.leak(request + ": holds what is of " + party + ", status " + answer.statusCode());
            }
        }
        if (answer.statusCode() >= 400 && !isClean(answer)) {
            report.fault(request + ": unclean " + answer.statusCode() + " " + everything);
        }
        if (answer.statusCode() >= 500 && kind != Kind.REFUSED_SQL) {
            report.countBroken(kind);
        }
        return new Answer(kind, request, answer.statusCode(), body, report);
    }

    private static boolean isClean(HttpResponse<String> answer) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        var isPlain = answer.body().isEmpty() || type.matches("application/(problem\\+)?json.*");
        return isPlain
                && !INSIDE.matcher(answer.headers().map() + answer.body()).find();
    }

    /** An answer that holds nothing foreign; who asked says what it had to be. */
    record Answer(Kind kind, String request, int status, String body, TrafficReport report) {

        /** Whether the server failed: what it has done by then is not known. */
        boolean isBroken() {
            return status >= 500;
        }

        /** Counts it as right if it is what was to come, as a fault if not; neither if the server failed. */
        boolean is(boolean expected) {
            if (expected) {
                report.countRight(kind);
            } else if (!isBroken()) {
                report.fault(request + ": " + status + " " + body);
            }
            return expected;
        }

        boolean is(int expected) {
            return is(status == expected);
        }
    }
}
