// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host::http
{

/// The refusal of something that came over the wire: a reason, and the status of the answer.
class refusal
{
public:
    refusal() = default; // what result<> needs to exist

    refusal(unsigned status, std::string why) : status_{status}, why_{std::move(why)} {}

    unsigned status() const noexcept { return status_; }

    const std::string& why() const noexcept { return why_; }

private:
    unsigned status_ = 400;
    std::string why_;
};

/// The exception of `result::value()` for a refusal that was not looked at.
[[noreturn]] inline void throw_exception_from_error(const refusal& refused,
                                                    const boost::source_location&)
{
    throw std::runtime_error{refused.why()};
}

/// Returns the refusal of a request that is malformed.
inline refusal bad_request(std::string_view why)
{
    return {400, std::string{why}};
}

template <class Value>
using checked = boost::system::result<Value, refusal>;

} // namespace penstock::host::http
