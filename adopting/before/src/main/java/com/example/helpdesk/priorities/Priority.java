package com.example.helpdesk.priorities;

import java.io.Serializable;

/** How many hours an answer may take. */
record Priority(String code, int hours) implements Serializable {}
