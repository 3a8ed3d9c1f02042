package dev.stagecoach.testing.sample.bad;

import jakarta.mail.Address;

record MailInUseCase(Address recipient) {}
