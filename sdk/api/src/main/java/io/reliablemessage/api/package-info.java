/**
 * The wire contract between the service and its clients: requests, responses, states, problem types, names.
 *
 * <p>Version 1, additive only: a client ignores response members it does not know, the service refuses request members
 * it does not know, so the service is upgraded before the applications.
 */
@NullMarked
package io.reliablemessage.api;

import org.jspecify.annotations.NullMarked;
