// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_instance.hpp"

namespace penstock::host
{

node_instance::node_instance(const node_setting& of, detail::runtime& runtime, node_inputs& inputs,
                             node_fiber& fiber, node_source& source, node_outputs& outputs)
    : of_(of), runtime_(runtime), inputs_(inputs), fiber_(fiber), source_(source), outputs_(outputs)
{
}

void node_instance::make()
{
    inputs_.in_hand().clear();
    instance_ = of_.plan.make();
    if (of_.plan.is_source)
        source_.start_anew();
    detail::component_access::connect(*instance_, runtime_);
    of_.counters.own.bind(*instance_);
    inputs_.tell_wired(*instance_);
    outputs_.connect(instance_.get());
    instance_->start();
}

void node_instance::end()
{
    inputs_.close();
    outputs_.connect(nullptr);
    if (instance_ != nullptr)
        detail::component_access::close_ports(*instance_);
    instance_.reset();
}

void node_instance::run()
{
    struct scope
    {
        node_fiber& fiber;
        ~scope() { fiber.set_acknowledging(false); }
    };
    detail::component_access::load_state(*instance_, runtime_);
    const scope running{fiber_};
    fiber_.set_acknowledging(of_.plan.acknowledges);
    // Not before: who waited for packets, or for room, in start() would wait for itself.
    detail::component_access::open_ports(*instance_);
    instance_->run();
}

} // namespace penstock::host
