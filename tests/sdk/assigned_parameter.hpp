// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/parameter.hpp>

namespace penstock::parameter_tests
{

struct owner : penstock::component
{
    void run() override {}
};

/// Assigns JSON to a parameter; tells its value after that, or the refusal.
template <class T, class... Limits>
std::string assigned(std::string_view text, Limits... limits)
{
    owner owner;
    parameter<T> declared(owner, "p", penstock::no_default, "", limits...);
    try
    {
        declared.assign(penstock::parse_json(text));
    }
    catch (const penstock::parameter_error& error)
    {
        return error.what();
    }
    return write_json(declared.value());
}

template <class T, class... Limits>
std::string schema_of(T fallback, Limits... limits)
{
    owner owner;
    const parameter<T> declared(owner, "p", std::move(fallback), "Helps.", std::move(limits)...);
    return write_json(declared.schema());
}

} // namespace penstock::parameter_tests
