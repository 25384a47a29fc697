/**
 * A producer as the service expects one: it prepares, commits its own transaction, confirms, and answers check-backs
 * only with final outcomes. It runs as a program of its own.
 */
package io.reliablemessage.faults.shop;
