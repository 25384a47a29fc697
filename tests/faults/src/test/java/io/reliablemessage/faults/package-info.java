/**
 * The long fault runs: the applications as processes of their own, under load, while something goes wrong again and
 * again. At the end the ledger and the consumer's database are compared with every caller's answers, or with the
 * producer's database.
 *
 * <p>Not part of the ordinary build: {@code mvn -pl faults -am verify -Pfaults}; with {@code -Dfaults.form=short} all
 * of them in a few minutes.
 */
package io.reliablemessage.faults;
