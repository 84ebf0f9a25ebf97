// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a node keeps for its next instance.
#include "host/run/node.hpp"

#include "host/run/state_store.hpp"

#include <penstock/json.hpp>
#include <penstock/unavailable.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace penstock::host
{

std::optional<json::value> node::load_state(std::string_view key)
{
    const state_store* const states = lane_.states();
    if (states == nullptr)
        throw std::runtime_error("keeps state, and there is no data directory; one was expected");
    std::optional<std::string> text;
    auto work = [&] { text = states->load(lane_.graph(), plan_.name, key); };
    blocking({[](void* object) { (*static_cast<decltype(work)*>(object))(); }, &work});
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

void node::save_state(std::string_view key, const json::value& value)
{
    const state_store* const states = lane_.states();
    if (states == nullptr)
        throw std::logic_error("no state is kept here");
    const std::string text = write_json(value);
    std::string wrong;
    auto work = [&]
    {
        try
        {
            states->save(lane_.graph(), plan_.name, text, key);
        }
        catch (const std::exception& error)
        {
            wrong = error.what();
        }
    };
    blocking({[](void* object) { (*static_cast<decltype(work)*>(object))(); }, &work});
    if (!wrong.empty())
        throw unavailable("the state cannot be kept: " + wrong);
}

} // namespace penstock::host
