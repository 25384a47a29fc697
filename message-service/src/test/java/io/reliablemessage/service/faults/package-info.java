/**
 * The long fault runs: a service in a process of its own, under load, and something that goes wrong again and again. At the end
 * the ledger and the consumer's database are held against what every single caller was told.
 *
 * <p>Not part of the ordinary build: {@code mvn -pl message-service -am verify -Pfaults}; with {@code -Dfaults.form=short} all
 * of them in three minutes.
 */
package io.reliablemessage.service.faults;
