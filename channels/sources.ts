/** Where the rules come from. S is Sinch, C the owner of a channel, V another vendor. */
const SINCH = "https://developers.sinch.com/docs";
const CONVERSATION = `${SINCH}/conversation`;
const SUPPORT = `${CONVERSATION}/channel-support`;
const META = "https://developers.facebook.com/docs";
const WHATSAPP = `${
  META.replace("/docs", "/documentation")
}/business-messaging/whatsapp`;
const MESSENGER = `${
  META.replace("/docs", "/documentation")
}/business-messaging/messenger-platform`;

export const SOURCES: Record<string, string> = {
  S1: `${CONVERSATION}/message-types/`,
  S2: `${CONVERSATION}/message-types/choice-message`,
  S3: `${CONVERSATION}/message-types/card-message`,
  S4: `${CONVERSATION}/message-types/carousel-message`,
  S5: `${CONVERSATION}/message-types/list-message`,
  S6: `${CONVERSATION}/message-types/media-message`,
  S7: `${CONVERSATION}/message-types/text-message`,
  S8: `${SUPPORT}/whatsapp/message-support`,
  S9: `${SUPPORT}/whatsapp/template-support`,
  S10: `${SUPPORT}/whatsapp/direct-api`,
  S11: `${SUPPORT}/rcs/message-support/`,
  S11b: `${SUPPORT}/rcs/message-support/ (older text)`,
  S12: `${SUPPORT}/viberbm/message-support`,
  S13: `${SUPPORT}/facebook-messenger/message-support`,
  S14: `${SUPPORT}/facebook-messenger/properties`,
  S15: `${SUPPORT}/instagram/properties`,
  S16: `${SUPPORT}/sms/message-support`,
  S17: `${SUPPORT}/sms/properties`,
  S18: `${SUPPORT}/mms/properties`,
  S19: `${SINCH}/sms/resources/message-info/character-support`,
  S21: `${SINCH}/sms/resources/message-info/limiting-message-parts`,
  S22: `${SINCH}/sms/other/sms-other-http-basic`,
  S23: `${SINCH}/mms/bestpractices/`,
  S24: "https://github.com/sinch/skills",
  S25: "https://github.com/sinch/docs (2021)",
  S26: "https://github.com/sinch/sinch-sdk-node, sinch-sdk-java",
  S27: "https://github.com/spacedsweden/workshop (RCS REST API, 2021)",
  S28: "https://github.com/spacedsweden/workshop (SMS guide, 2021)",
  S32: "https://community.sinch.com (ta-p/9184)",
  C1: `${WHATSAPP}/messages/interactive-reply-buttons-messages`,
  C2: `${WHATSAPP}/messages/interactive-list-messages`,
  C3: `${WHATSAPP}/templates/components`,
  C4: `${WHATSAPP}/support/error-codes`,
  C7: `${MESSENGER}/send-messages/template/button`,
  C8: `${MESSENGER}/send-messages/template/generic`,
  C9: `${MESSENGER}/send-messages/quick-replies`,
  C10: `${MESSENGER}/policy/`,
  C11: `${META}/messenger-platform/instagram/features/quick-replies`,
  C12:
    `${META}/instagram-platform/instagram-api-with-instagram-login/messaging-api/`,
  C13: `${META}/instagram-messaging/features/attachment-upload`,
  C14: `${META}/instagram-messaging/button-template`,
  C15: "https://core.telegram.org/bots/api",
  C16: "https://developers.line.biz/en/docs/messaging-api/text-character-count",
  C17: "https://developers.line.biz/en/reference/messaging-api/",
  C18:
    "https://developers.google.com/business-communications/rcs-business-messaging/guides/build/messages/send",
  C19: "https://cloud.google.com/python/docs/reference/dialogflow",
  C21: "https://whatsapp.github.io/WhatsApp-Nodejs-SDK/api-reference/types/",
  V1:
    "https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-rcs.html",
  V3: "https://www.infobip.com/docs/instagram/messaging/message-types",
  V6: "https://developers.cm.com/messaging/docs/line-1",
  V7: "https://www.alibabacloud.com/help/doc-detail/2807999.html",
  V20: "https://www.infobip.com/docs/kakaotalk/message-types",
};
