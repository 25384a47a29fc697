/**
 * A producer as the service expects one: it prepares, commits its own transaction, confirms, and when it is asked,
 * says only what stays true. It runs as a program of its own.
 */
package io.reliablemessage.faults.shop;
