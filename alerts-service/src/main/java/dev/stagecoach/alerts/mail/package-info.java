/** How outreach-service's mails read to the team: states, reasons, triggers, and whether they add up. */
@NullMarked
package dev.stagecoach.alerts.mail;

import org.jspecify.annotations.NullMarked;
