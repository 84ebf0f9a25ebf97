// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_state.hpp"

#include "host/base/state_store.hpp"

#include <penstock/json.hpp>
#include <penstock/unavailable.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace penstock::host
{

std::optional<json::value> node_state::load(std::string_view key) const
{
    const state_store* const states = of_.lane.data().states;
    if (states == nullptr)
        throw std::runtime_error("keeps state, and there is no data directory; one was expected");
    std::optional<std::string> text;
    auto work = [&] { text = states->load(of_.lane.graph(), of_.plan.name, key); };
    runtime_.blocking({[](void* object) { (*static_cast<decltype(work)*>(object))(); }, &work});
    if (!text)
        return std::nullopt;
    try
    {
        return parse_json(*text);
    }
    catch (const std::exception& error)
    {
        throw std::runtime_error(std::string("its state is damaged: ") + error.what());
    }
}

void node_state::save(std::string_view key, const json::value& value) const
{
    const state_store* const states = of_.lane.data().states;
    if (states == nullptr)
        throw std::logic_error("no state is kept here");
    const std::string text = write_json(value);
    std::string wrong;
    auto work = [&]
    {
        try
        {
            states->save(of_.lane.graph(), of_.plan.name, text, key);
        }
        catch (const std::exception& error)
        {
            wrong = error.what();
        }
    };
    runtime_.blocking({[](void* object) { (*static_cast<decltype(work)*>(object))(); }, &work});
    if (!wrong.empty())
        throw unavailable("the state cannot be kept: " + wrong);
}

} // namespace penstock::host
