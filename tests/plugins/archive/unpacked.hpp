// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "archive/made_archive.hpp"
#include "components.hpp"
#include "run_entry.hpp"

#include <zstd.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::archive_tests
{

/// What became of an archive.
struct outcome
{
    strings files;   ///< their paths and data
    strings reasons; ///< of the dead letters
};

inline outcome unpacked(std::string data, std::string_view name = "a.zip",
                        const json::object& parameters = {}, json::object meta = {})
{
    meta["path"] = name;
    auto result = run_entry(archive_package::unpack_entry, parameters,
                            testing::packets(body(std::move(data), std::move(meta))));
    outcome made;
    for (const packet& sent : result.sent.at("out"))
        made.files.push_back(std::string(sent.meta("path").as_string()) + ": " +
                             std::string(sent.data().view()));
    for (const auto& [packet, reason] : result.failed)
        made.reasons.push_back(reason);
    return made;
}

inline std::string with_flipped(std::string data, std::size_t at)
{
    data.at(at) = static_cast<char>(data[at] ^ 1);
    return data;
}

/// One text, compressed by zstd with a checksum; `window` is the binary logarithm of how far back it
/// looks, 0: as zstd likes.
inline std::string zstd_of(std::string_view text, int window = 0)
{
    ZSTD_CCtx* const context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window);
    std::string packed(ZSTD_compressBound(text.size()) + 1024, '\0');
    // In two steps: who knows the size looks no farther back.
    ZSTD_inBuffer from{text.data(), text.size(), 0};
    ZSTD_outBuffer to{packed.data(), packed.size(), 0};
    ZSTD_compressStream2(context, &to, &from, ZSTD_e_continue);
    ZSTD_compressStream2(context, &to, &from, ZSTD_e_end);
    packed.resize(to.pos);
    ZSTD_freeCCtx(context);
    return packed;
}

} // namespace penstock::archive_tests
