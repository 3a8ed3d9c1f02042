package dev.stagecoach.testing.sample.bad;

import dev.stagecoach.testing.sample.bad.adapter.SomeAdapter;

class AdapterInUseCase {

    final SomeAdapter adapter = new SomeAdapter();
}
