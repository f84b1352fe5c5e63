package dev.lexigram.tenancy.architecture.planted.hibernate;

import dev.lexigram.tenancy.architecture.planted.servlet.ServletType;

/** Planted: the rule that forbids this must find it. */
public final class HibernateThatKnowsServlet {

    final ServletType servlet = new ServletType();
}
