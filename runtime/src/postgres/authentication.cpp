#include "authentication.hpp"

#include "digest.hpp"

#include <asyncio/postgres/error.hpp>

#include <charconv>
#include <cstddef>
#include <format>
#include <random>
#include <string_view>

namespace asyncio::postgres::detail {
namespace {

/// The kinds of messages 'R'.
enum Request : std::int32_t {
    accepted = 0,
    clear_text = 3,
    md5_digest = 5,
    scram_begin = 10,
    scram_continue = 11,
    scram_end = 12,
};

constexpr std::string_view mechanism = "SCRAM-SHA-256";
/// "n,,": no channel binding.
constexpr std::string_view channel_header = "n,,";
constexpr std::size_t nonce_size = 18;
constexpr unsigned most_iterations = 10'000'000;

std::string password_message(std::string_view content, bool ended_by_zero) {
    MessageWriter writer;
    writer.begin('p');
    if (ended_by_zero)
        writer.text(content);
    else
        writer.bytes(content);
    writer.end();
    return writer.take();
}

std::string new_nonce() {
    std::random_device random;
    std::string bytes;
    for (std::size_t i = 0; i < nonce_size; ++i) bytes += static_cast<char>(random());
    return to_base64(bytes);
}

/// The value of `name=` in a list with commas.
std::string attribute(std::string_view list, char name) {
    while (!list.empty()) {
        const std::string_view each = list.substr(0, list.find(','));
        if (each.size() >= 2 && each[0] == name && each[1] == '=') return std::string(each.substr(2));
        list.remove_prefix(std::min(each.size() + 1, list.size()));
    }
    return {};
}

} // namespace

std::string Authentication::answer(MessageReader message) {
    const std::int32_t request = message.int32();
    if (request == accepted) return {};
    const bool asks_for_password = request == clear_text || request == md5_digest || request == scram_begin;
    if (asks_for_password && password_.empty())
        throw InterfaceError("the server asks for a password, and none was given");
    switch (request) {
    case clear_text: return password_message(password_, true);
    case md5_digest: {
        const std::string salt = message.bytes(4);
        return password_message("md5" + hex(md5(hex(md5(password_ + user_)) + salt)), true);
    }
    case scram_begin: return begin_scram(message);
    case scram_continue: return continue_scram(message.rest());
    case scram_end: check_server(message.rest()); return {};
    default:
        throw InterfaceError(
            std::format("the server asks for authentication of kind {}, which is not supported: "
                        "trust, password, md5 and scram-sha-256 are",
                        request));
    }
}

std::string Authentication::begin_scram(MessageReader& message) {
    bool offered = false;
    for (std::string each = message.text(); !each.empty(); each = message.text())
        offered |= each == mechanism;
    if (!offered) throw InterfaceError("the server does not offer SCRAM-SHA-256");
    nonce_ = new_nonce();
    client_first_ = "n=,r=" + nonce_;
    const std::string initial = std::string(channel_header) + client_first_;
    MessageWriter writer;
    writer.begin('p').text(mechanism).int32(static_cast<std::int64_t>(initial.size())).bytes(initial).end();
    return writer.take();
}

std::string Authentication::continue_scram(const std::string& server_first) {
    const std::string nonce = attribute(server_first, 'r');
    const std::string salt = from_base64(attribute(server_first, 's'));
    const std::string count = attribute(server_first, 'i');
    unsigned iterations = 0;
    std::from_chars(count.data(), count.data() + count.size(), iterations);
    if (nonce_.empty() || !nonce.starts_with(nonce_) || salt.empty() || iterations == 0 ||
        iterations > most_iterations)
        throw ProtocolError("the server's part of SCRAM-SHA-256 is wrong");
    const std::string salted = salted_password(password_, salt, iterations);
    const std::string client_key = hmac_sha256(salted, "Client Key");
    const std::string without_proof = "c=" + to_base64(channel_header) + ",r=" + nonce;
    const std::string signed_text = client_first_ + "," + server_first + "," + without_proof;
    std::string proof = hmac_sha256(sha256(client_key), signed_text);
    for (std::size_t i = 0; i < proof.size(); ++i) proof[i] = static_cast<char>(proof[i] ^ client_key[i]);
    server_signature_ = hmac_sha256(hmac_sha256(salted, "Server Key"), signed_text);
    return password_message(without_proof + ",p=" + to_base64(proof), false);
}

void Authentication::check_server(const std::string& server_final) const {
    if (server_signature_.empty() || from_base64(attribute(server_final, 'v')) != server_signature_)
        throw ProtocolError("the server's signature is wrong: it does not know the password");
}

} // namespace asyncio::postgres::detail
