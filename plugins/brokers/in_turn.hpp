// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/unavailable.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

namespace brokers
{

/// The addresses of a broker, which are tried in turn: one that is no good goes behind the others.
/// `Address` has a `text()` that messages name it by. [one thread]
template <class Address>
class in_turn
{
public:
    void add(Address more) { addresses_.push_back(std::move(more)); }

    /// Returns what `attempt` returns for the first address for which it throws no `Error`. Throws
    /// penstock::unavailable, with what is wrong with each, if there is none.
    template <class Error, class Attempt>
    [[nodiscard]] auto connect(const Attempt& attempt)
    {
        std::string wrong;
        for (std::size_t tried = 0; tried < addresses_.size(); ++tried)
        {
            try
            {
                return attempt(addresses_.front());
            }
            catch (const Error& error)
            {
                wrong +=
                    (wrong.empty() ? "" : ", ") + addresses_.front().text() + ": " + error.what();
            }
            put_back();
        }
        throw penstock::unavailable(wrong);
    }

    /// The address to try first: that which was connected with last.
    [[nodiscard]] const Address& front() const { return addresses_.front(); }

    /// Puts the address that was connected with last behind the others.
    void put_back()
    {
        addresses_.push_back(std::move(addresses_.front()));
        addresses_.pop_front();
    }

private:
    std::deque<Address> addresses_; // that to try first is the first
};

} // namespace brokers
