/** Who may call, and what an error looks like. */
@NullMarked
package com.example.helpdesk.web;

import org.jspecify.annotations.NullMarked;
