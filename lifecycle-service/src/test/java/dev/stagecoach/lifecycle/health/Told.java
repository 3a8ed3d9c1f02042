package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.Pulse;
import dev.stagecoach.events.Signal;
import dev.stagecoach.events.Signals;
import java.time.LocalDate;

/** Signals that were all told on one day. */
public final class Told {
    private final LocalDate on;
    private Signals signals = Signals.NONE;

    private Told(LocalDate on) {
        this.on = on;
    }

    public static Told on(LocalDate day) {
        return new Told(day);
    }

    public Signals signals() {
        return signals;
    }

    public Told defects(int count) {
        return with(signal(count), signals.helpTickets90Days(), signals.pulse(), signals.lastContactOn());
    }

    public Told helps(int count) {
        return with(signals.defectTickets90Days(), signal(count), signals.pulse(), signals.lastContactOn());
    }

    public Told pulse(Pulse pulse) {
        return with(signals.defectTickets90Days(), signals.helpTickets90Days(), signal(pulse), signals.lastContactOn());
    }

    public Told contact(LocalDate day) {
        return with(signals.defectTickets90Days(), signals.helpTickets90Days(), signals.pulse(), signal(day));
    }

    public Told champion(boolean active) {
        signals = new Signals(
                signals.defectTickets90Days(),
                signals.helpTickets90Days(),
                signals.pulse(),
                signal(active),
                signals.buyerAccess(),
                signals.lastContactOn());
        return this;
    }

    public Told buyer(boolean access) {
        signals = new Signals(
                signals.defectTickets90Days(),
                signals.helpTickets90Days(),
                signals.pulse(),
                signals.championActive(),
                signal(access),
                signals.lastContactOn());
        return this;
    }

    private Told with(Signal<Integer> defects, Signal<Integer> helps, Signal<Pulse> pulse, Signal<LocalDate> contact) {
        signals = new Signals(defects, helps, pulse, signals.championActive(), signals.buyerAccess(), contact);
        return this;
    }

    private <T> Signal<T> signal(T value) {
        return new Signal<>(value, on, "dana@team.example");
    }
}
