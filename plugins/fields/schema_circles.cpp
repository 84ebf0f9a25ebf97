// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "schema_circles.hpp"

#include <unordered_map>

namespace fields_package
{

namespace
{

class search
{
public:
    // A schema of a circle that can be reached from one; nullptr if there is none.
    const schema* from(const schema* begin)
    {
        if (begin == nullptr)
            return nullptr;
        const auto [place, is_new] = states_.emplace(begin, state::open);
        if (!is_new)
            return place->second == state::open ? begin : nullptr;
        const schema* const found = below(*begin);
        states_[begin] = state::done;
        return found;
    }

private:
    enum class state
    {
        open, // it is on the way from the begin
        done
    };

    // Over what is checked with the same value.
    const schema* below(const schema& s)
    {
        if (s.reference != nullptr)
            return from(s.reference);
        for (const schema::list* list : {&s.all_of, &s.any_of, &s.one_of})
            for (const schema* each : *list)
                if (const schema* found = from(each))
                    return found;
        for (const auto& [name, each] : s.dependent_schemas)
            if (const schema* found = from(each))
                return found;
        if (const schema* found = from(s.not_))
            return found;
        if (s.if_ == nullptr)
            return nullptr;
        for (const schema* each : {s.if_, s.then, s.else_})
            if (const schema* found = from(each))
                return found;
        return nullptr;
    }

    std::unordered_map<const schema*, state> states_;
};

} // namespace

const schema* circle_in(const std::deque<schema>& schemas)
{
    search all;
    for (const schema& each : schemas)
        if (const schema* found = all.from(&each))
            return found;
    return nullptr;
}

} // namespace fields_package
