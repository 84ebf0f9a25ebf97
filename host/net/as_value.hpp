// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "asio_types.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace penstock::host::http
{

/// Makes an asynchronous operation awaitable, with its error as a value: a peer that goes away is
/// no exception here.
inline constexpr auto as_value = boost::asio::as_tuple(boost::asio::use_awaitable_t<io_executor>{});

} // namespace penstock::host::http
