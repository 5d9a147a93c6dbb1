#pragma once

#include "message.hpp"

#include <string>

namespace asyncio::postgres::detail {

/// Answers the server's requests for a password: in clear text, by MD5, by SCRAM-SHA-256.
class Authentication {
public:
    Authentication(std::string user, std::string password)
        : user_(std::move(user)), password_(std::move(password)) {}

    /// The answer to a message 'R', empty if none is due. Raises InterfaceError for a method that is not supported,
    /// ProtocolError for a server that does not know the password either.
    std::string answer(MessageReader message);

private:
    std::string begin_scram(MessageReader& message);
    std::string continue_scram(const std::string& server_first);
    void check_server(const std::string& server_final) const;

    std::string user_;
    std::string password_;
    std::string client_first_;
    std::string nonce_;
    std::string server_signature_;
};

} // namespace asyncio::postgres::detail
