// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What Boost.Asio and Boost.Beast compile once where a program says that their parts are separate.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
