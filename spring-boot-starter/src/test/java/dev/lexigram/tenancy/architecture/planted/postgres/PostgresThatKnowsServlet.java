package dev.lexigram.tenancy.architecture.planted.postgres;

import dev.lexigram.tenancy.architecture.planted.servlet.ServletType;

/** Planted: the rule that forbids this must find it. */
public final class PostgresThatKnowsServlet {

    final ServletType servlet = new ServletType();
}
