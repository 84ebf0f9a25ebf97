// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For server.cpp only: Asio is heavy to compile.

#include "asio_types.hpp"
#include "host/base/spare_descriptor.hpp"

namespace penstock::host::http
{

/// Answers a connection that there is no room for with 503, without waiting for anything: a crowd
/// must not cost more than its connections.
void turn_away(tcp_socket& socket);

/// Closes the connections that wait to be accepted while no descriptor is left but the spare one,
/// up to 64 of them, instead of letting them wait for an answer that may never come. Those that
/// speak plain HTTP are answered with 503.
void shed(tcp_acceptor& acceptor, spare_descriptor& spare, bool is_plain);

} // namespace penstock::host::http
