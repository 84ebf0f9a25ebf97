// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/acknowledgement.hpp"
#include "host/engine/receipt.hpp"
#include "host/net/message.hpp"

namespace penstock::host::api
{

/// Answers a request that is done: with the whole answer that components made, or as processed()
/// does. `is_page`: it is a GET to a graph that makes whole answers; where none was made,
/// the answer is 204, or 500 with the first reason if packets became dead letters. A whole answer
/// for which there was no room is 503 for such a GET, and 500 for what brought data.
///
/// A whole answer has the headers that keep a browser from letting it act as a page of this host; a
/// type that names scripts is `text/plain`. [any thread; during the call of receipt::when_done()]
[[nodiscard]] http::response processed_answer(const receipt& of, acknowledgement promised,
                                              bool is_page) noexcept;

/// Returns whether a browser asks for a page for a whole window, by a link or a form of whatever
/// page: those that components make have no origin that is this host's. False for frames, images
/// and scripts.
[[nodiscard]] bool is_visit_of_page(const http::request& head) noexcept;

} // namespace penstock::host::api
